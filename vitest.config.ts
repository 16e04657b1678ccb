import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "./test/untouched.ts",
    isolate: false,
    // vitest leaves one core to itself: of two, half of the machine. It needs none; each worker waits for the programs that its tests start.
    maxWorkers: "100%",
    // Nothing is claimed of time: this only ends what hangs, on a busy machine too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", "./test/plain-reporter.ts"],
  },
});
