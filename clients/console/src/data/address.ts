import { useMemo } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
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

/** The queue that the page's address names, and how to show another. Typing replaces the address, so that "back" leads out of it. */
export function useAddress(path = "/"): [Queue, (next: Queue, replaces?: boolean) => void] {
    const [, navigate] = useLocation();
    const query = useSearch();
    const fragment = useLocationProperty(() => location.hash);
    const queue = useMemo(() => readQueue(query, fragment), [query, fragment]);
    return [queue, (next, replaces = false) => navigate(path + writeQueue(next), { replace: replaces })];
}
