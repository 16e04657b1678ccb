/** What is said of the machine itself, in English. */
export const platformMessages = {
  "file-managed":
    "{file} is made by Nix or Guix from your configuration; nothing was changed. Set the mirror there instead: {option}",
  "windows-tools":
    "{tool}: the PATH here leads to Windows ({path}), whose programs read the files of Windows and none of this Linux. Install it in this Linux, or run mirror-setup in Windows (PowerShell)",
} as const;
