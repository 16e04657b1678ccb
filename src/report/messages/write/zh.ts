import type { writeMessages as en } from "./en.ts";

/** 关于写入文件，以及让正在运行的程序采用新内容的文案。 */
export const writeMessages: { readonly [Code in keyof typeof en]: string } = {
  "not-taken-up": "{file} 已就位，但正在运行的程序仍在使用旧内容；请运行：{command}",
  "not-accepted":
    "{file} 已就位，也已通知正在运行的程序重新读取，但它没有采用：文件中有它不接受的内容，下次可能也无法启动。原因见它的日志；修正后运行：{command}",
  "not-put-back": "{file} 未能恢复原样（{why}）；下一条写入命令会再次尝试",
  "raise-question": "{file} 是系统文件，写入需要更高权限。用 sudo 写入吗（可能要输入密码）？",
  "needs-rights": "如需以更高权限完成：{command}",
  "needs-administrator":
    "该位置可能只有管理员能写，或文件正被其他程序占用：请先关闭那个程序，或右键选择“以管理员身份运行”打开终端后重试",
  "needs-root": "如需完成，请以 root 身份运行：{command}",
  "sudo-no-home":
    "找不到 sudo 调用者 {user} 的主目录，无处存放其设置与撤销所需的记录；请不要用 sudo，或为 root 自己设置：sudo env -u SUDO_UID …",
};
