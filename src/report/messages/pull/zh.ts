import type { pullMessages as en } from "./en.ts";

/** 关于拉取容器镜像的中文文案。“镜像站”指加速站点，以免与容器镜像混淆。 */
export const pullMessages: { readonly [Code in keyof typeof en]: string } = {
  "pull-absent": "{id} 没有 {image}",
  "pull-bad-reference": "{image} 不是有效的容器镜像名：{why}",
  "pull-differs": "{image}：{one} 给出的是 {first}，{other} 给出的是 {second}",
  "pull-failed": "{tool} 未能从 {id} 拉取 {image}：{complaint}",
  "pull-interrupted": "已中断：未完整拉取的没有打上标签，也没有留下任何带镜像站地址的名称",
  "pull-kept":
    "{image} 没有标签，而摘要不能作为名称赋给容器镜像；它现在的名称是 {temporary}。若要使用自己的名称，请同时给出标签和摘要：NAME:TAG@DIGEST",
  "pull-no-answer": "{tool} 没有应答：{complaint}",
  "pull-no-majority":
    "{image}：各镜像站给出的摘要不一致，未拉取任何内容。如果你知道正确的摘要，请按摘要拉取：mirror-setup pull {pinned}",
  "pull-no-tool": "这里没有可存放容器镜像的工具；未安装：{tools}",
  "pull-nobody": "{image}：通过验证的镜像站都没有提供。请检查名称是否正确；有些镜像站只提供白名单内的容器镜像",
  "pull-other-registry": "{image} 属于 {host}，而镜像站只提供 Docker Hub 的容器镜像；请直接拉取：docker pull {image}",
  "pull-present": "{image} 已在本机，摘要相同：无需拉取",
  "pull-refused": "{id} 不提供 {image}：{reason}",
  "pull-rejected": "{id} 未通过验证；未拉取任何内容",
  "pull-unconfirmed": "{image}：只有 {id} 给出了摘要，没有其他来源可以核对；如需确保无误，请同时指定摘要",
  "pull-untagged": "{image} 已从 {id} 拉取，但 {tool} 未能为它打上标签：{complaint}",
};
