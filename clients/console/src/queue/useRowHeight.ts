import { useEffect, useState } from "preact/hooks";

// As in queue.css: fingers need higher rows, narrow screens two lines.
const narrow = matchMedia("(max-width: 700px)");
const coarse = matchMedia("(pointer: coarse)");
const height = () => narrow.matches ? 64 : coarse.matches ? 44 : 34;

/** The height of a row in pixels. */
export function useRowHeight(): number {
    const [value, setValue] = useState(height());
    useEffect(() => {
        const update = () => setValue(height());
        [narrow, coarse].forEach(query => query.addEventListener("change", update));
        return () => [narrow, coarse].forEach(query => query.removeEventListener("change", update));
    }, []);
    return value;
}
