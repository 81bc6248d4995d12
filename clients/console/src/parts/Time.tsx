import { useFormats } from "./formats";

/** How long ago something was; when exactly, on hovering. */
export function Age({ at }: { at: string | undefined }) {
    const formats = useFormats();
    return at === undefined ? null : <time dateTime={at} title={formats.time(at)}>{formats.age(at)}</time>;
}

export function Time({ at }: { at: string | undefined }) {
    const formats = useFormats();
    return at === undefined ? null : <time dateTime={at}>{formats.time(at)}</time>;
}
