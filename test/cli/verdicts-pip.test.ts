import { indexVerdicts, verdictTable } from "./verdict-table.ts";

verdictTable("pip", ["metadata", "pep691"], {
  ...indexVerdicts,
  "tls-expiring": "degraded tls-expiring *",
  "redirect-cdn": "ok - cdn *",
  stale: "rejected stale *",
  "tampered-bulk": "ok - *|rejected tampered *",
  "no-bulk": "ok - *",
  "no-serial": "ok - *",
  "html-only": "ok - metadata no-time",
});
