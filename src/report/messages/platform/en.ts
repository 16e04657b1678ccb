/** What is said of the machine itself, in English. */
export const platformMessages = {
  "file-managed":
    "{file} is made by Nix or Guix from your configuration; nothing was changed. Set the mirror there instead: {option}",
  "windows-tools":
    "{tool}: on the PATH here is the one of Windows ({path}), which reads the files of Windows and none of this Linux. Install it in this Linux, or run mirror-setup in Windows (PowerShell)",
} as const;
