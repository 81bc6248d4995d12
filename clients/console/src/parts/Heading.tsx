import { useEffect, useRef } from "preact/hooks";
import { useTexts } from "../texts";

interface HeadingProps {
    text: string;
    /** Only read aloud, where the screen itself says what it is. */
    isHidden?: boolean;
}

let isFirstScreen = true;

/**
 * The heading of a screen, which is the page's title, too. It takes the focus, so that screen readers tell where a link has led; not when
 * the page opens, where the first `Tab` leads to its beginning.
 */
export function Heading({ text, isHidden = false }: HeadingProps) {
    const texts = useTexts();
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (!isFirstScreen) {
            heading.current?.focus({ preventScroll: true });
        }

        isFirstScreen = false;
    }, []);
    useEffect(() => {
        document.title = `${text} · ${texts.title}`;
    }, [text, texts]);
    return <h1 ref={heading} tabIndex={-1} class={isHidden ? "hidden" : undefined}>{text}</h1>;
}
