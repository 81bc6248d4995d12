import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { useLocationProperty } from "wouter-preact/use-browser-location";
import { type Queue, readQueue, writeQueue } from "./filter";
import { createStore } from "./store";

/** The address of the queue that was shown last. */
export const lastQueue = createStore("/");

/** The text of a part of a path; the part itself where somebody typed what can't be decoded. */
export function readSegment(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

/** The queue that the page's address names. */
export function useAddressedQueue(): Queue {
    // Not `useSearch`, which decodes what is decoded below once more.
    const query = useLocationProperty(() => location.search);
    const fragment = useLocationProperty(() => location.hash);
    return useMemo(() => readQueue(query, fragment), [query, fragment]);
}

/** The queue of a screen's address, and how to show another. Typing replaces the address, so that "back" leads out of it. */
export function useAddress(path = "/"): [Queue, (next: Queue, replaces?: boolean) => void] {
    const [here, navigate] = useLocation();
    const queue = useAddressedQueue();
    useEffect(() => {
        const address = writeQueue(queue);
        if (here === path && address !== location.search + location.hash) {
            navigate(path + address, { replace: true }); // What names a customer goes where no log sees it.
        }
    }, [here, path, queue]);
    return [queue, (next, replaces = false) => navigate(path + writeQueue(next), { replace: replaces })];
}
