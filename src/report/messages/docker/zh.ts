import type { dockerMessages as en } from "./en.ts";

/** 关于 Docker 的中文文案。 */
export const dockerMessages: { readonly [Code in keyof typeof en]: string } = {
  "docker-closed":
    "Docker 守护进程正在运行，但不应答当前用户（是否未加入 docker 组？），没有更高权限就看不到它实际生效的设置",
  "docker-asleep": "Docker 守护进程没有应答或未运行：已存储的设置将在它启动后生效",
  "docker-bad-mirror": "若把 {url} 列为镜像，Docker 守护进程将无法启动：{why}；未作任何改动",
  "docker-colima":
    "Colima 每次启动都会用自己的文件重新生成守护进程的设置，该文件请你自行修改：在 {file} 的 docker: 下写入 registry-mirrors: {list}，然后运行：{command}",
  "docker-credentials":
    "{file} 中有登录凭据，而在当前的存储方式下，遇到要求登录的镜像，Docker 守护进程会把凭据发给它。请先退出登录（docker logout），或明确接受：--allow-credentials",
  "docker-desktop-by-hand":
    'Docker Desktop 读取的是 Windows 用户目录下的 .docker/daemon.json，但从这里无法确定是哪个目录。请在 Docker Desktop 的 Settings → Docker Engine 中设置 "registry-mirrors": {list}，再点 Apply & restart；或在 Windows 中运行 mirror-setup',
  "docker-flag":
    "{where} 在启动 Docker 守护进程时带有 --registry-mirror；若文件中也写镜像，它将无法启动。请先在该处去掉此参数，并重启守护进程",
  "docker-hung": "Docker 守护进程正在运行，但没有应答，看不到它实际生效的设置",
  "docker-is-podman": "PATH 上的 docker 其实是 podman，它有自己的设置",
  "docker-lima":
    '守护进程运行在 Lima 虚拟机中。先进入：limactl shell {name}；在其中的 ~/.config/docker/daemon.json（以 root 运行时为 /etc/docker/daemon.json）里设置 "registry-mirrors": {list}，然后运行：systemctl --user reload docker（以 root 运行时为 sudo systemctl reload docker）',
  "docker-no-context":
    "docker 无法确定要连接哪个守护进程：DOCKER_HOST 不是有效地址，或当前指定的上下文（DOCKER_CONTEXT，或其 config.json 中的 currentContext）不存在；docker context ls 可列出全部",
  "docker-no-list": "{file} 第 {line} 行：registry-mirrors 不是地址列表，Docker 守护进程会因此无法启动；未作任何改动",
  "docker-one-registry": "镜像加速只对 Docker Hub 上的容器镜像有效，对 quay.io、ghcr.io 等其他仓库无效",
  "docker-outside":
    '这里是容器，守护进程运行在容器之外：请在宿主机上运行 mirror-setup docker，或在其 /etc/docker/daemon.json 中设置 "registry-mirrors": {list}，然后运行：sudo systemctl reload docker',
  "docker-overridden":
    "{file} 取代了 registry-mirrors：容器镜像由 containerd 存储时，守护进程只访问该文件中的主机，而不用这个列表，尽管 docker info 仍会显示它",
  "docker-own-behind": "{key}：你自己的 {value} 保留在镜像之后",
  "docker-proxy": "Docker 守护进程使用的代理与当前 shell 不同：这里能访问的，它未必能访问，反之亦然",
  "docker-rancher":
    'Rancher Desktop 每次启动都会重新生成守护进程的设置：需要用一个 provisioning 脚本在 /etc/docker/daemon.json 中设置 "registry-mirrors": {list}，然后依次运行 rdctl shutdown 和 rdctl start。方法见 https://docs.rancherdesktop.io/how-to-guides/provisioning-scripts/',
  "docker-unread": "{file} 中已是如此，但守护进程使用的不是它：只需让守护进程重新读取该文件",
  "docker-reload": "{file} 已写好，但守护进程仍在使用先前读取的设置；使其生效：{command}",
  "docker-remote":
    '守护进程在 {host} 上，它的设置也在那里；本机未作任何改动。请在那台机器上运行 mirror-setup docker，或在其 /etc/docker/daemon.json 中设置 "registry-mirrors": {list}，然后运行：sudo systemctl reload docker',
  "docker-restart": "{file} 已写好，重启后生效；重启会一并重启容器，因此由你来执行：{command}",
  "docker-scope": "范围 {scope} 与当前使用的 Docker 不符：它的设置属于 {own}，位于 {file}。请去掉 --scope",
  "docker-typo": "{file} 第 {line} 行：正确的键是 registry-mirrors；registry-mirror（命令行参数名）会被默默忽略",
  "docker-unknown":
    "无法判断在 {address} 上的是哪一种 Docker，因此也不知道它读取哪个文件；未作任何改动。若它没有运行，请启动后再试",
  "docker-unseen": "当前使用的 Docker 在 {host}，这里得不到它的应答，无从得知它实际生效的设置",
  "docker-wsl-off":
    "这里的 docker 只是 Docker Desktop 的提示脚本，说明它没有为本发行版启用：请在其 Settings → Resources → WSL integration 中开启",
};
