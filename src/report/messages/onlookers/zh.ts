import type { onlookerMessages as en } from "./en.ts";

/** docker 之外自有设置的程序的中文文案。 */
export const onlookerMessages: { readonly [Code in keyof typeof en]: string } = {
  "buildx-new-builders":
    "buildx 只在创建构建器时把设置交给它：已有的构建器要重新创建才会生效（docker buildx rm，再 docker buildx create）",
  "k3s-restart": "k3s 在启动时读取设置：systemctl restart k3s",
  "set-in-file": "{tool} 有自己的设置，由你决定是否修改；如需修改，请在 {file} 中加入：",
};
