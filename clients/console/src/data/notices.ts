import { createStore } from "./store";

/** Something to tell the agent. A failure stays until it is read. */
export interface Notice {
    id: number;
    text: string;
    isFailure: boolean;
}

export const notices = createStore<readonly Notice[]>([]);

let last = 0;
const shownMs = 6000;

export function notify(text: string, isFailure = false): void {
    const notice = { id: ++last, text, isFailure };
    notices.set([...notices.value.filter(each => each.text !== text), notice]);
    if (!isFailure) {
        setTimeout(() => dismiss(notice.id), shownMs);
    }
}

export function dismiss(id: number): void {
    notices.set(notices.value.filter(notice => notice.id !== id));
}
