/** What is said of pulling an image, in English. */
export const pullMessages = {
  "pull-absent": "{id} does not have {image}",
  "pull-bad-reference": "{image} names no image: {why}",
  "pull-differs": "{image}: {one} says it is {first}, {other} says {second}",
  "pull-failed": "{tool} could not pull {image} from {id}: {complaint}",
  "pull-interrupted": "interrupted: what was not pulled whole has no name, and nothing of a mirror's is left",
  "pull-kept":
    "{image} has no tag, and a digest cannot be given to an image as a name; it is here as {temporary}. To have it under a name, give both: NAME:TAG@DIGEST",
  "pull-no-answer": "{tool} does not answer: {complaint}",
  "pull-no-majority":
    "{image}: the mirrors do not agree, and nothing was pulled. If you know the digest that it should have, pull that: mirror-setup pull {pinned}",
  "pull-no-tool": "there is nothing here to keep images with; not installed: {tools}",
  "pull-nobody":
    "{image}: none of the mirrors that proved good gave it. Is the name right? Some carry popular images only",
  "pull-other-registry":
    "{image} is of the registry {host}, and mirrors carry images of Docker Hub only; pull it as it is: docker pull {image}",
  "pull-present": "{image} is here already, with this digest: nothing to do",
  "pull-refused": "{id} does not give {image}: {reason}",
  "pull-rejected": "{id} did not prove itself; nothing was pulled",
  "pull-unconfirmed":
    "{image}: only {id} could be asked what it is, and nobody confirmed it; to be sure, give the digest, too",
  "pull-untagged": "{image} came from {id}, and {tool} would not give it its name: {complaint}",
} as const;
