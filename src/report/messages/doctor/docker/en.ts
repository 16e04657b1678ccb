/** What is found wrong with Docker and podman, in English. */
export const dockerFindings = {
  "odd-docker-asleep": "Docker's daemon does not answer: it is not running, or could not start with its file",
  "odd-docker-closed": "Docker's daemon runs, and does not let this user in: you are not in the group docker",
  "odd-docker-dead":
    "with images kept by containerd, every part of every image waits for a mirror that does not answer, before the next one is asked",
  "odd-docker-flag":
    "mirrors are set here and by --registry-mirror in {where}: the daemon does not start with both. Take one of them out",
  "odd-docker-list":
    'registry-mirrors has to be a list, ["https://…"], and is {value}: the daemon does not start with that',
  "odd-docker-many":
    "{count} mirrors are set; the daemon asks them one after another, and more than {most} only make a failing pull slower",
  "odd-docker-place": "this Docker does not read this file, so that its registry-mirrors do nothing. It reads {file}",
  "odd-docker-proxyless":
    "this shell goes out through the proxy {proxy}, and Docker's daemon does not: it never sees a shell's variables. Set its own proxy, or a mirror",
  "odd-docker-refused": "Docker's daemon would not start with this file: {complaint}",
  "odd-podman-location":
    "prefix = {value} stands without a location, and every podman command stops at that; add location = {value}",
  "odd-podman-scheme":
    "a location is a host without https://, and every podman command stops at {value}; take the scheme out",
  "wrong-docker-blank": "{key}: a mirror is empty, or has blanks around it; the daemon does not start with that",
  "wrong-docker-case": "{key}: the daemon knows no such key, and does not start with it; it is called registry-mirrors",
  "wrong-docker-key":
    "{key} is the name of the flag; in this file the daemon passes over it without a word. The key is called registry-mirrors",
  "wrong-docker-login": "{key}: {value} has a user name in it, and the daemon does not start with that",
  "wrong-docker-other":
    "{key}: {value} is for another registry. Docker uses mirrors for images of Docker Hub only, and asks this one for those in vain",
  "wrong-docker-path": "{key}: {value} has a path, and the daemon does not start with one before version 25",
  "wrong-docker-query": "{key}: {value} has a ? or # in it, and the daemon does not start with that",
  "wrong-docker-upstream":
    "{key}: {value} is where images come from anyway, after the mirrors; as one of them it only costs time",
  "wrong-docker-version":
    "{key}: the daemon itself adds /v2/ to an address; with {value} it asks for what is not there",
} as const;
