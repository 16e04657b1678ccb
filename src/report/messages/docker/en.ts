/** What is said of Docker, in English. */
export const dockerMessages = {
  "docker-closed":
    "Docker's daemon runs, and does not answer this user (who is not in the group docker?): what it has in force cannot be seen without more rights",
  "docker-asleep": "Docker's daemon does not answer, or does not run: what is stored is in force when it starts",
  "docker-bad-mirror": "Docker's daemon would not start with {url} among its mirrors: {why}; nothing was changed",
  "docker-colima":
    "Colima writes its daemon's settings anew at each start, from a file of its own, which we leave to you: {file}; below docker: put registry-mirrors: {list}, then run: {command}",
  "docker-credentials":
    "{file} has a login, and with this kind of storage Docker's daemon sends it to a mirror that asks for one. Log out first (docker logout), or accept that: --allow-credentials",
  "docker-desktop-by-hand":
    'Docker Desktop reads a file of Windows, .docker/daemon.json in your folder there, and which folder that is cannot be told from here. In Docker Desktop, Settings, Docker Engine, set "registry-mirrors": {list}, then Apply & restart; or run mirror-setup in Windows',
  "docker-flag":
    "{where} starts Docker's daemon with --registry-mirror; it would not start with mirrors in its file as well. Take the flag out there first, and restart the daemon",
  "docker-hung": "Docker's daemon runs, and does not answer: what it has in force cannot be seen",
  "docker-is-podman": "the docker on this PATH is podman under another name, which has settings of its own",
  "docker-lima":
    'the daemon runs in a Lima machine. Get in: limactl shell {name}; there set "registry-mirrors": {list} in ~/.config/docker/daemon.json (/etc/docker/daemon.json where it runs as root), then: systemctl --user reload docker (sudo systemctl reload docker)',
  "docker-no-context":
    "docker cannot tell which daemon is meant: DOCKER_HOST is no address, or the context that is set (DOCKER_CONTEXT, or currentContext in its config.json) does not exist; docker context ls lists those there are",
  "docker-no-list":
    "{file}, line {line}: registry-mirrors is no list of addresses, and Docker's daemon would not start with that; nothing was changed",
  "docker-one-registry":
    "mirrors serve images of Docker Hub only, never those of quay.io, ghcr.io and other registries",
  "docker-outside":
    'this is a container, and the daemon runs outside of it: there run mirror-setup docker, or set "registry-mirrors": {list} in /etc/docker/daemon.json, then: sudo systemctl reload docker',
  "docker-overridden":
    "{file} stands in the place of registry-mirrors: with images kept by containerd, the daemon asks the hosts in it and none of the list, though docker info shows that",
  "docker-own-behind": "{key}: your own entry {value} stays, behind the mirrors",
  "docker-proxy":
    "Docker's daemon has other proxies than this shell: what could be reached here may be out of its reach, and the other way round.",
  "docker-rancher":
    'Rancher Desktop writes its daemon\'s settings anew at each start: a provisioning script has to set "registry-mirrors": {list} in /etc/docker/daemon.json, then: rdctl shutdown, and rdctl start. How: https://docs.rancherdesktop.io/how-to-guides/provisioning-scripts/',
  "docker-unread":
    "{file} says so already, and the daemon goes by something else: all it has to do is read the file again",
  "docker-reload":
    "{file} is stored, and the daemon still runs with what it read before; to bring it in force: {command}",
  "docker-remote":
    'the daemon is on {host}, and so are its settings; nothing here was changed. There run mirror-setup docker, or set "registry-mirrors": {list} in /etc/docker/daemon.json, then: sudo systemctl reload docker',
  "docker-restart":
    "{file} is stored, and is in force after a restart, which also restarts containers; so that is left to you: {command}",
  "docker-scope":
    "the scope {scope} does not fit the Docker in use: its settings are {own}, in {file}. Leave --scope out",
  "docker-typo":
    "{file}, line {line}: the key is registry-mirrors; registry-mirror (the name of the flag) is ignored without a word",
  "docker-unknown":
    "which Docker listens at {address} cannot be told, and so not which file it reads; nothing was changed. If it is not running, start it, then try again",
  "docker-unseen": "the Docker in use is at {host}, which says nothing here: what it has in force is not known",
  "docker-wsl-off":
    "the docker here is only Docker Desktop's notice that it does not serve this distribution: switch that on in its Settings, Resources, WSL integration",
} as const;
