import type { doctorMessages as en } from "./en.ts";

/** 检查与诊断的结论，中文。 */
export const doctorMessages: { readonly [Code in keyof typeof en]: string } = {
  "check-bad":
    "正在使用的镜像 {id} 未通过验证。更换：mirror-setup {ecosystem} --fastest；查明原因：mirror-setup doctor {ecosystem}",
  "check-good": "正在使用的镜像 {id} 通过验证",
  drift:
    "{file}：{key} 现为 {now}，而 mirror-setup 写入的是 {wrote}（{id}），之后被改动过。重新设置：mirror-setup {ecosystem} --fastest",
  "drift-gone":
    "{file}：{key} 已不存在，而 mirror-setup 写入过 {wrote}（{id}），之后被移除。重新设置：mirror-setup {ecosystem} --fastest",
  "drift-set":
    "{file}：{key} 现为 {now}，而 mirror-setup 已将其移除（{id}），之后又被设置。再次移除镜像：mirror-setup reset {ecosystem}",
};
