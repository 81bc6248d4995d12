import { useEffect, useState } from "preact/hooks";

// What `--row` of tokens.css depends on.
const queries = ["(max-width: 700px)", "(pointer: coarse)"].map(query => matchMedia(query));
const height = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));

/** The height of a row in pixels. */
export function useRowHeight(): number {
    const [value, setValue] = useState(height);
    useEffect(() => {
        const update = () => setValue(height());
        queries.forEach(query => query.addEventListener("change", update));
        return () => queries.forEach(query => query.removeEventListener("change", update));
    }, []);
    return value;
}
