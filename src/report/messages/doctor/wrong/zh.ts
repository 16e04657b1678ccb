import type { wrongMessages as en } from "./en.ts";

/** 常被照抄的错误设置，中文。 */
export const wrongMessages: { readonly [Code in keyof typeof en]: string } = {
  "wrong-quotes": "{key}：请去掉引号，它们会被当成值 {value} 的一部分",
  "wrong-comment": "{key}：值后面不能写注释，整段都会被当成值：{value}",
  "wrong-full-width": "{key}：{value} 中有全角符号，这里不起作用；只能用半角（ASCII）符号",
  "wrong-separator": "{key}：地址之间只能用逗号或 | 分隔，因此 {value} 成了一个不存在的地址",
  "wrong-scheme": "{key}：{value} 必须以 https:// 开头，否则不是地址",
  "wrong-number": "{key} 只接受不带单位的秒数；写成 {value} 时任何命令都无法启动",
  "wrong-variable": "{key}：{value} 引用的变量没有设置，变量名会被当成地址",
  "wrong-carriage-return": "{key} 以回车符结尾（文件用了 Windows 换行），这样任何 go 命令都无法启动",
  "wrong-key-blank": "{key}：等号前的空格使它成了另一个名字，go 不会读取",
  "wrong-go-word": "{key}：{value} 中有单独的词，go 会因此拒绝整个列表；只有 direct 和 off 可以这样写",
  "wrong-go-direct-first": "{key}：direct 会结束列表，{value} 中它后面的内容永远不会被访问",
  "wrong-go-slash-direct": "{key}：{value} 中最后一个词成了地址的一部分，前面应是逗号",
  "wrong-go-off": "{key}=off：go 什么都不会下载。若非有意，请移除",
  "wrong-go-direct": "{key}=direct：go 不用任何镜像，直接从源站（多为 GitHub）克隆每个模块",
  "wrong-go-sumdb-off":
    "{key}=off：go 不再把镜像提供的内容与公开的校验和列表核对，镜像给出任何内容都不会被发现；go 也无法下载自身的新版本",
  "wrong-go-sumdb-root":
    "{key}={value}：这里写的是镜像地址，而此处只能写校验和数据库的地址（以 /sumdb/名称 结尾）。带有数据库的镜像无需写在这里也会被询问",
  "wrong-go-sumdb-gone": "{key}={value}：这个校验和数据库已无人维护，缺少许多模块，缺少的模块会被 go 拒绝",
  "wrong-go-sumdb-name":
    "{key}={value}：go 不认识的校验和数据库必须连同公钥一起写（名称+哈希+公钥）；否则 go 什么都不下载",
  "wrong-go-flag": "{key}={value}：go 从 1.17 起不再支持 -insecure，这样任何构建都无法启动",
  "wrong-go-vendor": "{key}={value}：go 只从项目自己的 vendor 目录取包；没有该目录时既不下载，也无法构建",
  "wrong-go-key": "{key}：go 不认识这个键，会忽略；正确的名字是 GOPROXY",
  "wrong-go-nosumdb": "{key}={value}：go 不再把任何模块与公开的校验和列表核对，镜像给出任何内容都不会被发现",
  "wrong-go-private": "{key}={value}：所有模块都算作私有：go 不使用任何镜像，逐个从源站下载",
  "wrong-go-modules-off": "{key}=off：go 按旧方式工作，不使用模块，也就不用镜像",
  "wrong-pip-trusted": "{key}：pip 不检查 {value} 的证书，无法确认对方身份；https 镜像并不需要这样的例外",
  "wrong-pip-extra": "{key}：{value} 并不是首选失败时的后备：pip 每次都会询问全部索引，谁的版本高就用谁的",
  "wrong-pip-section": "{key}：pip 不读取这个名字的小节；对所有命令生效的设置应放在 [global] 之下",
  "wrong-pip-key": "{key}：pip 不认识这个键，会忽略；正确的名字是 index-url",
  "wrong-pip-mirrors": "{key}：pip 从第 7 版起就不认识它，不起作用",
  "wrong-pip-no-index": "{key}={value}：pip 不会访问任何索引",
  "wrong-npm-case": "{key}：npm 区分大小写，会忽略它；正确的名字是 registry",
  "wrong-npm-section": "{key}：这一行在某个 [小节] 之下，npm 不会读取；请手工移到第一个小节之前",
  "wrong-npm-key": "{key}：npm 不认识这个键，会忽略；正确的名字是 registry",
  "wrong-npm-strict-ssl": "{key}={value}：不检查证书，途中任何人都能篡改安装内容",
  "wrong-npm-binaries": "{key}：{value} 已于 2024 年停用，软件包自行下载的文件会失败",
  "wrong-npm-offline": "{key}={value}：npm 只用缓存，不访问任何仓库",
};
