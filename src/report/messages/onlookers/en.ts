/** What is said of programs beside docker that have settings of their own, in English. */
export const onlookerMessages = {
  "buildx-new-builders":
    "buildx gives its settings to a builder when it makes one: builders that are there keep theirs until they are made anew (docker buildx rm, docker buildx create)",
  "k3s-restart": "k3s reads its settings when it starts: systemctl restart k3s",
  "set-in-file": "{tool} has a setting of its own, which we leave to you; to set it, add to {file}:",
} as const;
