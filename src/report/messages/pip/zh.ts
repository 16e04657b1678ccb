import type { pipMessages as en } from "./en.ts";

/** 关于 pip 及其同类工具的中文文案。 */
export const pipMessages: { readonly [Code in keyof typeof en]: string } = {
  "pip-command-index": "{file} 设置了 {key}={value}：对该命令而言，它优先于通用设置",
  "pip-extra-index":
    "extra-index-url（{urls}）保持不变。pip 的各个索引之间没有先后：同名包总是取最高版本，不管来自哪里。因此从不把镜像加到这里",
  "pip-no-environment": "没有激活的虚拟环境（VIRTUAL_ENV），因此没有项目级文件；请先激活虚拟环境，或去掉 --scope",
  "pip-no-index": "{source} 关闭了所有索引（no-index）：pip 不会访问任何镜像",
  "pip-no-place": "这里没有存放 pip {scope} 级设置的位置：未知主目录",
  "pip-socks":
    "{key} 是 SOCKS 代理：pip 只有装了 PySocks 才能使用，否则报错（Missing dependencies for SOCKS support）。可用 https_proxy 指定 http 代理，它优先",
  "uv-index-bound":
    "{file} 第 {line} 行：默认索引是你自己的，{key} 会让 uv 向它发送凭据；若换成镜像，凭据就会发给镜像。请先把它改成单独的索引（去掉 default = true）",
  "uv-lock-elsewhere":
    "{file} 记录的索引是 {registry}：换用其他索引后，uv 会重新解析并改写该文件，uv sync --locked 会失败",
  "uv-no-place": "这里没有 uv 的 {scope} 级文件：未知主目录，或上级目录中都没有 uv.toml 或 pyproject.toml",
  "uv-old-index":
    "{file} 第 {line} 行：只要有默认索引（无论写在哪个文件里），{key}（{value}）就不起作用。如仍需要它，请在该文件中改写为带 default = true 的 [[index]]",
  "uv-old-variable":
    "UV_INDEX_URL（{value}）只对 uv pip 有效，uv sync、add、lock、run 和 tool 用的是默认索引。请取消该变量，或改用 UV_DEFAULT_INDEX",
};
