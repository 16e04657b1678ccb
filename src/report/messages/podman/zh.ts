import type { podmanMessages as en } from "./en.ts";

/** 关于 podman 的说明，中文。 */
export const podmanMessages: Readonly<Record<keyof typeof en, string>> = {
  "podman-credentials": "{url}：podman 的镜像地址中不能带用户名；请改用登录：podman login HOST",
  "podman-hanging": "podman 遇到错误会换下一个镜像，但若镜像接受连接后一直不应答，它不会换：这样的镜像会让 podman 卡住",
  "podman-machine":
    "此系统上 podman 的配置在其虚拟机内部；请在那里设置：podman machine ssh，然后运行 npx mirror-setup docker --only podman",
  "podman-no-place": "此处没有存放 podman 用户配置的位置：未找到主目录",
  "podman-own-table":
    "{file} 第 {line} 行：podman 已有你自己为 {registry} 写的配置表，它与我们的配置只有一方能生效；请手动把镜像写进该表，或将其移除",
  "podman-path":
    "{url} 未写入 podman 的设置：podman 无法使用带路径的镜像（它访问的是 HOST/v2/PATH，而不是 HOST/PATH/v2）",
};
