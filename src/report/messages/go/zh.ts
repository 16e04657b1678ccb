import type { goMessages as en } from "./en.ts";

/** 关于 Go 的中文文案。 */
export const goMessages: { readonly [Code in keyof typeof en]: string } = {
  "go-chain-off":
    "{file} 中的 GOPROXY 以 `off` 结尾，说明有人规定不得访问其他来源，因此未改动。若要解除：go env -u GOPROXY",
  "go-env-off": "已设置 GOENV=off，go 不会读取 {file}；取消 GOENV 后设置才会生效",
  "go-modules-off": "GO111MODULE=off：go 未启用模块，因此也不会使用镜像",
  "go-no-config-folder": "go 没有存放设置的位置：{variable} 未设置或不是绝对路径",
  "go-nosumdb-all": "GONOSUMDB=*：所有模块都不经校验数据库核对，使用镜像时不应如此：go env -u GONOSUMDB",
  "go-noproxy-all": "GONOPROXY 或 GOPRIVATE 为 `*`：go 不会向任何镜像请求",
  "go-sumdb-off-default": "{source} 关闭了模块校验（GOSUMDB=off）：使用镜像时请用 go env -w 自行设置 GOSUMDB",
  "go-sumdb-off-env": "环境变量 GOSUMDB=off：镜像提供的内容未经校验，请取消该变量",
  "go-sumdb-off-stored": "已存储 GOSUMDB=off：镜像提供的内容未经校验。重新开启：go env -u GOSUMDB",
  "go-toolchain-cr": "{file} 第 {line} 行：GOTOOLCHAIN 以回车符结尾，任何 go 命令都无法启动。请以 Unix 换行保存该文件",
  "go-sumdb-direct": "{mirror} 不提供校验数据库，go 将直接查询：GOSUMDB={value}",
  "go-vendor": "GOFLAGS 含 -mod=vendor：无论用哪个镜像，go 都不会下载",
};
