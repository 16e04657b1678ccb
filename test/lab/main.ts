import { type HostSpec, startLab } from "./index.ts";

/** `npm run lab`: a lab to try the program by hand. Runs until Ctrl-C. */
const hosts: readonly HostSpec[] = [
  { id: "near", rttMs: 8, bytesPerSecond: 4e6 },
  { id: "far", rttMs: 60, bytesPerSecond: 25e6 },
  { id: "cdn", rttMs: 20, bytesPerSecond: 12e6, fault: "redirect-cdn" },
  { id: "no-sumdb", rttMs: 15, fault: "no-sumdb" },
  { id: "stale", fault: "stale" },
  { id: "tampered", fault: "tampered-zip" },
  { id: "denied", fault: "denied" },
  { id: "portal", fault: "login-page" },
  { id: "dead", fault: "refused" },
  ...(["pip", "npm", "docker"] as const).flatMap((ecosystem): HostSpec[] => [
    { id: `${ecosystem}-near`, mirrorId: "near", ecosystem, rttMs: 8, bytesPerSecond: 4e6 },
    { id: `${ecosystem}-far`, mirrorId: "far", ecosystem, rttMs: 60, bytesPerSecond: 25e6 },
    { id: `${ecosystem}-stale`, mirrorId: "stale", ecosystem, fault: "stale" },
    {
      id: `${ecosystem}-lies`,
      mirrorId: "lies",
      ecosystem,
      fault: ecosystem === "docker" ? "tampered" : "tampered-index",
    },
    { id: `${ecosystem}-denied`, mirrorId: "denied", ecosystem, fault: "denied" },
  ]),
];

const lab = await startLab(hosts);
const lines = [
  `catalog    ${lab.catalogFile}`,
  `database   ${lab.sumdb.url}`,
  ...hosts.map(
    ({ id, fault }) => `${id.padEnd(10)} ${lab.host(id).mirrorUrl}  ${fault === undefined ? "healthy" : String(fault)}`,
  ),
  "",
  ...Object.entries(lab.env).map(([name, value]) => `export ${name}='${value}'`),
  "",
  `try: GOPROXY=${lab.host("near").url} go mod download -json ${lab.module.path}@${lab.module.version}`,
  `     pip download --no-deps --index-url ${lab.host("pip-near").mirrorUrl} ${lab.wheel.project}`,
  `     npm view --registry ${lab.host("npm-near").mirrorUrl} ${lab.npmPackage.name}`,
  "Ctrl-C ends the lab.",
];
process.stdout.write(`${lines.join("\n")}\n`);
const stop = () => void lab.close();
process.once("SIGINT", stop).once("SIGTERM", stop);
