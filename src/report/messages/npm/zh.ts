import type { npmMessages as en } from "./en.ts";

/** 关于 npm 及其同类工具 的中文文案。 */
export const npmMessages: { readonly [Code in keyof typeof en]: string } = {
  "npm-elsewhere":
    "PATH 上的 npm 把设置存放在 {file}，这不是本系统的路径，说明它是 Windows 的 npm。请在 Windows 中运行 mirror-setup，或在此处安装 npm",
  "npm-foreign-tarballs": "{id} 从另一主机提供压缩包，npm 12 默认拒绝，除非设置 allow-remote=all",
  "npm-lock-elsewhere":
    "{file} 把 {count} 个包锁定在 {registry}，不受 registry 设置影响。如需单次忽略：npm ci --replace-registry-host=always",
  "npm-lock-refused":
    "{file} 把 {count} 个包锁定在 {registry}，而 npm 12 只接受所设 registry 的主机。解决办法：npm ci --replace-registry-host=always",
  "npm-lock-stays":
    "{file} 把 {count} 个包锁定在 {registry}，不受 registry 设置影响。若要跟随设置，请替换文件中的该地址或重新生成",
  "npm-no-file": "无法确定 npm 的 {scope} 级配置文件：HOME 未设置，或未安装 npm",
  "npm-no-project": "{folder} 不在任何项目中：该目录及其上级均没有 package.json 或 node_modules",
  "npm-no-time":
    "{id} 不提供版本的发布时间，而 {tool} 会据此避开过新的版本，可能因此找不到可用版本（npmMinimalAgeGate、minimumReleaseAge）",
  "npm-read-only": "镜像只用于安装：npm audit、login、publish 不能经由镜像执行。需要时请加 --registry={registry}",
  "npm-scope-unread": "{tool} 没有 {scope} 级设置，保持不变",
  "npm-unbound-credentials":
    "{where}：{key} 会被发送给当前所设的任何 registry，换用镜像后就会发给镜像。请先把它绑定到所属的 registry：{bound}",
  "npm-unbound-stays":
    "{where}：{key} 会被发送给当前所设的任何 registry，此后即工具默认的 registry。建议把它绑定到所属的 registry：{bound}",
  "npm-variable-perhaps":
    "npx 传入了 {name}={value}，而配置文件中并无此值。若是你在 shell 中设置的，它在 npx 之外同样优先，请取消该变量",
};
