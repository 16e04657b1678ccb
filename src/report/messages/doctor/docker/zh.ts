import type { dockerFindings as en } from "./en.ts";

/** Docker 与 podman 的问题，中文。 */
export const dockerFindings: { readonly [Code in keyof typeof en]: string } = {
  "odd-docker-asleep": "Docker 守护进程没有应答：它没有运行，或因其配置文件而无法启动",
  "odd-docker-closed": "Docker 守护进程正在运行，但不允许当前用户访问：你不在 docker 组中",
  "odd-docker-dead": "容器镜像由 containerd 存储时，每个镜像的每一层都要先等不应答的加速地址超时，才会访问下一个",
  "odd-docker-flag": "这里和 {where} 的 --registry-mirror 都设置了镜像加速，守护进程会因此无法启动；请去掉其中一处",
  "odd-docker-list": 'registry-mirrors 必须是列表 ["https://…"]，现在是 {value}，守护进程会因此无法启动',
  "odd-docker-many": "设置了 {count} 个加速地址；守护进程会逐个访问，超过 {most} 个只会让失败的拉取更慢",
  "odd-docker-place": "当前的 Docker 不读取这个文件，其中的 registry-mirrors 不起作用。它读取的是 {file}",
  "odd-docker-proxyless":
    "当前 shell 通过代理 {proxy} 上网，而 Docker 守护进程没有：shell 的环境变量对它无效。请为它设置代理，或设置镜像加速",
  "odd-docker-refused": "Docker 守护进程无法使用这个文件启动：{complaint}",
  "odd-podman-location":
    "prefix = {value} 没有相应的 location，任何 podman 命令都会因此出错；请加上 location = {value}",
  "odd-podman-scheme": "location 只写主机，不带 https://；{value} 会让任何 podman 命令出错，请去掉协议部分",
  "wrong-docker-blank": "{key}：有一个地址为空，或前后有空白，守护进程会因此无法启动",
  "wrong-docker-case": "{key}：守护进程不认识这个键，会因此无法启动；正确的键是 registry-mirrors",
  "wrong-docker-key": "{key} 是命令行参数的名字，写在这个文件里会被默默忽略；正确的键是 registry-mirrors",
  "wrong-docker-login": "{key}：{value} 中含有用户名，守护进程会因此无法启动",
  "wrong-docker-other":
    "{key}：{value} 属于另一个仓库。Docker 只对 Docker Hub 上的容器镜像使用加速地址，向它请求只会落空",
  "wrong-docker-path": "{key}：{value} 带有路径，25 版之前的守护进程会因此无法启动",
  "wrong-docker-query": "{key}：{value} 中含有 ? 或 #，守护进程会因此无法启动",
  "wrong-docker-upstream": "{key}：{value} 就是镜像的官方来源，本来就会在最后访问；列在这里只会耗费时间",
  "wrong-docker-version": "{key}：守护进程会自己加上 /v2/；写成 {value} 时，请求的地址并不存在",
};
