import { dockerFindings } from "./docker/zh.ts";
import type { doctorMessages as en } from "./en.ts";
import { wrongMessages } from "./wrong/zh.ts";

/** 检查与诊断的结论，中文。 */
export const doctorMessages: { readonly [Code in keyof typeof en]: string } = {
  ...dockerFindings,
  ...wrongMessages,
  "check-bad":
    "正在使用的镜像 {id} 未通过验证。更换：mirror-setup {ecosystem} --fastest；查明原因：mirror-setup doctor {ecosystem}",
  "check-good": "正在使用的镜像 {id} 通过验证",
  drift:
    "{file}：{key} 现为 {now}，而 mirror-setup 写入的是 {wrote}（{id}），之后被改动过。重新设置：mirror-setup {ecosystem} --fastest",
  "drift-gone":
    "{file}：{key} 已不存在，而 mirror-setup 写入过 {wrote}（{id}），之后被移除。重新设置：mirror-setup {ecosystem} --fastest",
  "drift-set":
    "{file}：{key} 现为 {now}，而 mirror-setup 已将其移除（{id}），之后又被设置。再次移除镜像：mirror-setup reset {ecosystem}",
  "doctor-hidden":
    "写入的设置在这里还不起作用：环境变量 {names} 优先，请先取消（{command}），并从设置它的地方（~/.profile、~/.bashrc、Dockerfile）删除",
  "doctor-tool-missing": "未安装：{tool}；请先安装再检查",
  "odd-address": "{url} 不是 {id} 的完整地址，应为 {right}",
  "odd-closed": "{id}（{url}）已关闭（{when}），不再提供任何内容",
  "odd-dns-fake":
    "{host} 解析为 {address}：这是本机代理（Clash、sing-box、TUN 模式）给出的虚拟地址；代理若运行不正常，就什么都访问不了",
  "odd-dns-nowhere":
    "{host} 解析为 {address}，公网主机不会有这样的地址：解析结果被污染，或被有意屏蔽。可换一个 DNS（223.5.5.5），并检查 /etc/hosts",
  "odd-dns-private": "{host} 解析为私有地址 {address}：可能来自公司内部的 DNS，也可能被污染",
  "odd-fetch": "镜像通过了验证，但 {tool} 自己无法下载真实的包：{complaint}",
  "odd-fetch-upstream": "没有设置镜像，{tool} 无法从自身的来源下载真实的包：{complaint}",
  "odd-file": "{why}",
  "odd-folder": "{tool} 无权写入 {folder}（{why}），下载的内容无处存放",
  "odd-go-line": "这一行不起作用：go 只读取从行首开始的 KEY=VALUE，会把它当作注释（{key}）",
  "odd-go-project": "go 不读取项目目录中的 go.env，其中的 GOPROXY 不起作用。请用：go env -w GOPROXY=…",
  "odd-locked":
    "有 {count} 个包锁定在已关闭的 {registry}：无论设置哪个仓库都会失败；请重新生成该文件，或让工具忽略其中的地址",
  "odd-mirror": "正在使用的 {id} 未通过验证：{reason}",
  "odd-missing-file": "{key} 指向 {file}，但没有这个文件：无法检查证书，什么都下载不了",
  "odd-no-proxy": "{key} 中有 {entry}，因此访问 {host} 时不经过代理，而直连无法到达",
  "odd-no-proxy-form": "{key}={value}：只有用逗号分隔的主机名才处处有效，其他写法会被 go 等工具忽略",
  "odd-npm-line": "这一行不起作用：npm 只认 registry=地址，会把整行当成一个键名（{key}）",
  "odd-npm-credential": "{key} 没有指明仓库：npm 会因此拒绝安装，旧工具则会把它发给当前的任何仓库。请写成 {bound}",
  "odd-pip-encoding": "{file} 中有不符合 {encoding} 编码的字符，pip 会拒绝读取",
  "odd-pip-place": "在本系统上 pip 不读取这个文件，其中的 index-url 不起作用。查看它读取哪些文件：pip config debug",
  "odd-pip-socks": "{key} 是 SOCKS 代理，而这个 pip 缺少 PySocks，无法使用；国内镜像不需要代理",
  "odd-pip-twice": "{first} 和 {second}（第 {line} 行）对 pip 是同一个选项，后者生效；请删去一个",
  "odd-plain": "{url} 是明文 http：途中任何人都能篡改安装内容。请改用 https 地址",
  "odd-proxy": "{key}：无法通过代理 {proxy}：{why}",
  "odd-scope": "{key}：{url} 无法连接：{reason}，这个 scope 的包都装不上",
  "odd-shadowed": "{tool}：已存储的 {key}={stored} 不起作用，实际生效的是 {winner} 中的 {value}",
  "odd-spare-file": "{key} 指向 {file}，但没有这个文件：它会被忽略，只信任常用的证书颁发机构",
  "odd-stored": "已存的 {id} 没有通过验证（{reason}）；一旦{winner}不再优先，用的就是它",
  "odd-upstream": "没有设置镜像，而工具自身的来源在此无法使用：{reason}",
};
