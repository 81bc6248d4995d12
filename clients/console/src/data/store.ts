import { useEffect, useState } from "preact/hooks";

/** A value that components watch. */
export interface Store<T> {
    readonly value: T;
    set(next: T): void;
    watch(onChange: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
    let value = initial;
    const watchers = new Set<() => void>();
    return {
        get value() {
            return value;
        },
        set(next) {
            value = next;
            [...watchers].forEach(watcher => watcher());
        },
        watch(onChange) {
            watchers.add(onChange);
            return () => watchers.delete(onChange);
        },
    };
}

export function useStore<T>(store: Store<T>): T {
    const [value, setValue] = useState(store.value);
    useEffect(() => {
        const update = () => setValue(() => store.value);
        update(); // It may have changed before the effect ran.
        return store.watch(update);
    }, [store]);
    return value;
}
