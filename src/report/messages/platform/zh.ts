import type { platformMessages as en } from "./en.ts";

/** 关于本机环境的中文文案。 */
export const platformMessages: { readonly [Code in keyof typeof en]: string } = {
  "file-managed": "{file} 由 Nix 或 Guix 根据你的配置生成，未作任何改动。请改为在该配置中设置镜像：{option}",
  "windows-tools":
    "{tool}：此处 PATH 上的是 Windows 的程序（{path}），它读取 Windows 的配置文件，不读取这个 Linux 中的。请在 Linux 中安装，或在 Windows（PowerShell）中运行 mirror-setup",
};
