import type { examples as en } from "./en.ts";

/** 可直接复制的命令及其用途，中文。 */
export const examples: typeof en = {
  "mirror-setup": [
    ["mirror-setup", "在终端中：从建议中选择，看清改动，确认后写入"],
    ["mirror-setup all --fastest", "为所有已安装的工具选择最佳镜像"],
    ["mirror-setup doctor", "查明安装为何失败"],
    ["mirror-setup undo", "一切恢复原样"],
  ],
  go: [
    ["mirror-setup go --fastest", "全部竞速，把最好的两个写成后备链"],
    ["mirror-setup go goproxy-cn aliyun", "依次使用这两个，先验证再写入"],
    ["mirror-setup go --fastest --private git.corp.example", "同时让公司的模块不经过任何镜像"],
    ["mirror-setup go --fastest --dry-run", "只看差异，不写入"],
  ],
  pip: [
    ["mirror-setup pip --fastest", "全部竞速，为 pip 和 uv 设置最佳镜像"],
    ["mirror-setup pip tuna --verify", "按名称设置，然后真正下载一个包"],
    ["mirror-setup pip aliyun --scope project", "只用于当前激活的虚拟环境"],
    ["mirror-setup pip --if-broken", "适合定时任务：只在失效时才改动"],
  ],
  npm: [
    ["mirror-setup npm --fastest", "全部竞速，设置 npm、pnpm、yarn 和 bun"],
    ["mirror-setup npm npmmirror --only npm,pnpm", "指定镜像，只用于部分工具"],
    ["mirror-setup npm npmmirror --scope-registry @corp=https://npm.corp.example/", "同时让公司作用域走自己的仓库"],
  ],
  docker: [
    ["mirror-setup docker --fastest", "全部竞速，写入最好的两个"],
    ["mirror-setup docker daocloud --dry-run", "只看差异和命令，不写入"],
  ],
  all: [
    ["mirror-setup all --fastest", "设置所有已安装的工具，作为一次改动"],
    ["mirror-setup all aliyun", "凡该运营方有镜像的生态都用它"],
    ["mirror-setup all --fastest --json", "供脚本使用：输出一个 JSON 文档"],
  ],
  pull: [
    ["mirror-setup pull nginx", "从最好的镜像站拉取，先由第二个来源核对摘要"],
    ["mirror-setup pull redis:7 grafana/grafana:10", "依次拉取多个"],
    ["mirror-setup pull nginx:1.27 --from daocloud", "只从这个镜像站拉取"],
  ],
  list: [
    ["mirror-setup list go", "Go 的镜像"],
    ["mirror-setup list npm --env", "软件包自行下载时要用的环境变量"],
  ],
  test: [
    ["mirror-setup test", "为每个生态的镜像排名"],
    ["mirror-setup test pip tuna aliyun", "比较两个镜像"],
  ],
  status: [
    ["mirror-setup status", "各工具在用什么，由哪个文件决定"],
    ["mirror-setup status --check", "若设置被改动或镜像失效，则以 6 退出"],
  ],
  doctor: [
    ["mirror-setup doctor", "从工具到真实下载，逐级查找原因"],
    ["mirror-setup doctor pip --fix", "并修复可安全修复的问题；可用 undo 撤销"],
  ],
  reset: [
    ["mirror-setup reset", "所有工具恢复官方上游"],
    ["mirror-setup reset go --dry-run", "看看会移除什么"],
  ],
  undo: [
    ["mirror-setup undo", "撤销上一次改动"],
    ["mirror-setup undo 20261120T101530Z-5f3a", "按 history 中的编号撤销"],
  ],
  history: [
    ["mirror-setup history", "最新的在前"],
    ["mirror-setup history --json", "包括每个键改动前后的值"],
  ],
  catalog: [
    ["mirror-setup catalog add go corp https://goproxy.corp.example", "添加你自己的镜像"],
    ["mirror-setup catalog validate", "检查你的文件"],
  ],
  completion: [
    ['eval "$(mirror-setup completion bash)"', "写入 ~/.bashrc"],
    ['eval "$(mirror-setup completion zsh)"', "写入 ~/.zshrc，放在 compinit 之后"],
    ["mirror-setup completion fish | source", "写入 ~/.config/fish/config.fish"],
    ["mirror-setup completion powershell | Out-String | Invoke-Expression", "写入 $PROFILE 所指的文件"],
  ],
  add: [["mirror-setup catalog add pip corp https://pypi.corp.example/simple", "之后即可：mirror-setup pip corp"]],
  validate: [["mirror-setup catalog validate ./mirrors.json", "一次列出全部错误及其位置"]],
  remove: [["mirror-setup catalog remove pip corp", "只能移除你自己的镜像"]],
  path: [["mirror-setup catalog path", "该文件可编辑或复制"]],
};
