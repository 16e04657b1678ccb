import { readFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { describeWithIpv6 } from "../lab/ipv6.ts";
import { describeWith } from "../lab/tools.ts";
import { ask, databaseLine, makeHome, run, trusting, useLab } from "./driver.ts";

describeWithIpv6("with IPv6", () => {
  describeWith("go", "a mirror with an IPv6 address", () => {
    const lab = useLab([{ id: "one" }, { id: "two" }]);

    /** The first host of the lab at `[::1]`, and only there. */
    async function address(): Promise<string> {
      const relay = createServer((near) => {
        const far = connect(lab().host("one").port, "127.0.0.1");
        near.on("error", () => far.destroy()).on("close", () => far.destroy());
        far.on("error", () => near.destroy()).on("close", () => near.destroy());
        near.pipe(far).pipe(near);
      });
      onTestFinished(() => void relay.close());
      await new Promise<void>((resolve) => relay.listen(0, "::1", resolve));
      return `https://[::1]:${(relay.address() as AddressInfo).port}`;
    }

    it("is proved, written, fetched from by the real go, shown, and taken back", async () => {
      const url = await address();
      const home = await makeHome(databaseLine(lab()));
      const way = { home, env: trusting(lab()) };
      const { code, report } = await ask(["go", url, "--verify", "--catalog", lab().catalogFile], way);
      expect([code, report.messages.map((message) => message.code)]).toEqual([0, expect.arrayContaining(["verified"])]);
      expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url}`);
      const status = await ask(["status", "go", "--catalog", lab().catalogFile], way);
      expect(status.report.inForce?.find(({ key }) => key === "GOPROXY")?.value).toContain(url);
      expect((await run(["undo"], way)).code).toBe(0);
      expect(await readFile(home.goenv, "utf8")).toBe(databaseLine(lab()));
    });

    it("is kept as one's own mirror and then known by its name", async () => {
      const url = await address();
      const home = await makeHome(databaseLine(lab()));
      const way = { home, env: trusting(lab()) };
      expect((await run(["catalog", "add", "go", "six", url], way)).code).toBe(0);
      const { report } = await ask(["list", "go"], way);
      expect(JSON.stringify(report)).toContain(url);
      expect((await run(["go", "six", "--no-probe"], way)).code).toBe(0);
      expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url}`);
      const status = await ask(["status", "go"], way);
      expect(status.report.inForce?.find(({ key }) => key === "GOPROXY")?.mirror).toBe("six");
    });
  });
});
