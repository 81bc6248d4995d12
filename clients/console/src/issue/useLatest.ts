import { useRef, useState } from "preact/hooks";

const shownAtFirst = 20;

/** A list that shows its last elements at first, and all when the agent asks. */
export function useLatest() {
    const list = useRef<HTMLOListElement>(null);
    const [showsAll, setShowsAll] = useState(false);
    return {
        list,
        /** How many elements at its beginning aren't shown. */
        hiddenOf: (elements: readonly unknown[]) => showsAll ? 0 : Math.max(elements.length - shownAtFirst, 0),
        showAll: () => {
            list.current?.focus({ preventScroll: true }); // The button goes.
            setShowsAll(true);
        },
    };
}
