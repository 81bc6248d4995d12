/** Texts that aren't sent yet. They outlive a reload, and end with the tab's session. */
export const drafts = {
    read: (place: string): string => sessionStorage.getItem(`draft:${place}`) ?? "",
    write(place: string, text: string): void {
        if (text === "") {
            sessionStorage.removeItem(`draft:${place}`);
        } else {
            sessionStorage.setItem(`draft:${place}`, text);
        }
    },
};
