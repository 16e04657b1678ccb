/** Command lines to copy, by command, and what each is for, in English. */
export const examples: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "mirror-setup": [
    ["mirror-setup", "on a terminal: choose from proposals, see what would change, then say yes"],
    ["mirror-setup all --fastest", "the best mirror for every tool that is installed"],
    ["mirror-setup doctor", "find out why installs fail"],
    ["mirror-setup undo", "put everything back as it was"],
  ],
  go: [
    ["mirror-setup go --fastest", "race all mirrors and write the two best as a chain"],
    ["mirror-setup go goproxy-cn aliyun", "these two, once they are proved, in this order"],
    ["mirror-setup go --fastest --private git.corp.example", "and keep your company's modules from every mirror"],
    ["mirror-setup go --fastest --dry-run", "see the diff; write nothing"],
  ],
  pip: [
    ["mirror-setup pip --fastest", "race all mirrors and set pip and uv to the best"],
    ["mirror-setup pip tuna --verify", "set one by name, then fetch a real package through it"],
    ["mirror-setup pip aliyun --scope project", "only for the active virtual environment"],
    ["mirror-setup pip --if-broken", "for a nightly job: change only what no longer works"],
  ],
  npm: [
    ["mirror-setup npm --fastest", "race all mirrors; set npm, pnpm, yarn and bun"],
    ["mirror-setup npm npmmirror --only npm,pnpm", "one mirror, for some tools only"],
    [
      "mirror-setup npm npmmirror --scope-registry @corp=https://npm.corp.example/",
      "and a company's scope from its own registry",
    ],
  ],
  docker: [
    ["mirror-setup docker --fastest", "race all mirrors and write the two best"],
    ["mirror-setup docker daocloud --dry-run", "see the diff and the commands; write nothing"],
  ],
  all: [
    ["mirror-setup all --fastest", "everything that is installed, as one change"],
    ["mirror-setup all aliyun", "one operator for every ecosystem that it has"],
    ["mirror-setup all --fastest --json", "for scripts: one JSON document"],
  ],
  pull: [
    ["mirror-setup pull nginx", "from the best mirror, once a second source has confirmed what it is"],
    ["mirror-setup pull redis:7 grafana/grafana:10", "several, one after the other"],
    ["mirror-setup pull nginx:1.27 --from daocloud", "from this mirror alone"],
  ],
  list: [
    ["mirror-setup list go", "the mirrors for Go"],
    ["mirror-setup list npm --env", "variables for what packages download by themselves"],
  ],
  test: [
    ["mirror-setup test", "rank the mirrors of every ecosystem"],
    ["mirror-setup test pip tuna aliyun", "compare two"],
  ],
  status: [
    ["mirror-setup status", "what every tool uses, and which file says so"],
    ["mirror-setup status --check", "exits with 6 if something was changed since, or no longer works"],
  ],
  doctor: [
    ["mirror-setup doctor", "look for the cause, from the tool to a real download"],
    ["mirror-setup doctor pip --fix", "and repair what can be repaired safely; undo takes it back"],
  ],
  reset: [
    ["mirror-setup reset", "every tool back to its upstream"],
    ["mirror-setup reset go --dry-run", "see what would be removed"],
  ],
  undo: [
    ["mirror-setup undo", "the last change"],
    ["mirror-setup undo 20261120T101530Z-5f3a", "that one, by its id in history"],
  ],
  history: [
    ["mirror-setup history", "newest first"],
    ["mirror-setup history --json", "with every key before and after"],
  ],
  catalog: [
    ["mirror-setup catalog add go corp https://goproxy.corp.example", "a mirror of your own"],
    ["mirror-setup catalog validate", "check your file"],
  ],
  completion: [
    ['eval "$(mirror-setup completion bash)"', "in ~/.bashrc"],
    ['eval "$(mirror-setup completion zsh)"', "in ~/.zshrc, after compinit"],
    ["mirror-setup completion fish | source", "in ~/.config/fish/config.fish"],
    ["mirror-setup completion powershell | Out-String | Invoke-Expression", "in the file that $PROFILE names"],
  ],
  add: [["mirror-setup catalog add pip corp https://pypi.corp.example/simple", "then: mirror-setup pip corp"]],
  validate: [["mirror-setup catalog validate ./mirrors.json", "every mistake at once, each with its place"]],
  remove: [["mirror-setup catalog remove pip corp", "only your own can be removed"]],
  path: [["mirror-setup catalog path", "the file, to edit or to copy"]],
};
