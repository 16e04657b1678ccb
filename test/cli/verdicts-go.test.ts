import { commonVerdicts, verdictTable } from "./verdict-table.ts";

verdictTable("go", ["sumdb"], {
  ...commonVerdicts,
  "tls-expiring": "degraded tls-expiring *",
  "redirect-cdn": "ok - *",
  "tampered-mod": "rejected tampered",
  "tampered-zip": "rejected tampered",
  "tampered-bulk": "ok - *|rejected tampered *",
  stale: "rejected stale *",
  "no-sumdb": "ok - no-sumdb",
  "sumdb-forbidden": "ok - no-sumdb",
  "sumdb-supported-only": "ok - no-sumdb",
  "sumdb-forged": "rejected tampered no-sumdb",
  "no-bulk": "ok - *",
});
