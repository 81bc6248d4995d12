/** Texts that aren't sent yet. They outlive a reload, and end with the tab's session. */
export const drafts = {
    read: (name: string): string => sessionStorage.getItem(`draft:${name}`) ?? "",
    write(name: string, text: string): void {
        if (text === "") {
            sessionStorage.removeItem(`draft:${name}`);
        } else {
            sessionStorage.setItem(`draft:${name}`, text);
        }
    },
};
