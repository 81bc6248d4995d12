import { tabStorage } from "./storage";

/** Texts that aren't sent yet. They outlive a reload, and end with the tab's session. */
export const drafts = {
    read: (name: string): string => tabStorage.getItem(`draft:${name}`) ?? "",
    write(name: string, text: string): void {
        if (text === "") {
            tabStorage.removeItem(`draft:${name}`);
        } else {
            tabStorage.setItem(`draft:${name}`, text);
        }
    },
    clear(): void {
        const names = Array.from({ length: tabStorage.length }, (_, index) => tabStorage.key(index) ?? "");
        names.filter(name => name.startsWith("draft:")).forEach(name => tabStorage.removeItem(name));
    },
};
