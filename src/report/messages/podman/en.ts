/** What is said of podman, in English. */
export const podmanMessages = {
  "podman-credentials": "{url}: podman takes no user name in a mirror's address; log in instead: podman login HOST",
  "podman-hanging":
    "podman goes on to the next mirror after an error, not when one takes the connection and never answers: a mirror that hangs makes it hang",
  "podman-machine":
    "podman keeps its settings inside its virtual machine here; set them there: podman machine ssh, then npx mirror-setup docker --only podman",
  "podman-no-place": "podman has no place for a user's settings here: no home is known",
  "podman-own-table":
    "{file}, line {line}: podman has a table of your own for {registry}, which ours would take out of force, or the other way round; put the mirrors into it by hand, or take it out",
  "podman-path":
    "{url} stays out of podman's settings: podman cannot ask a mirror that is below a path (it would ask HOST/v2/PATH, not HOST/PATH/v2)",
} as const;
