/** What ends with the tab's session. */
export const tabStorage: Storage = storageOf(() => sessionStorage);

/** What this browser keeps. */
export const browserStorage: Storage = storageOf(() => localStorage);

/** A browser that keeps nothing for pages throws where it is asked: then it is kept until the page is closed. */
function storageOf(find: () => Storage): Storage {
    try {
        return find();
    } catch {
        const values = new Map<string, string>();
        return {
            get length() {
                return values.size;
            },
            clear: () => values.clear(),
            getItem: name => values.get(name) ?? null,
            key: index => [...values.keys()][index] ?? null,
            removeItem: name => void values.delete(name),
            setItem: (name, value) => void values.set(name, value),
        };
    }
}
