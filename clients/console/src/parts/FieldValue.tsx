import type { Cost, IssueItem } from "@order-issue/client";
import type { FieldKind } from "../data/fields";
import { useFormats } from "./formats";
import { useTexts, valueText } from "../texts";
import { Time } from "./Time";

/** The value of a field, as agents read it. */
export function FieldValue({ name, kind, value }: { name: string; kind: FieldKind; value: unknown }) {
    const texts = useTexts();
    const formats = useFormats();
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
        return <span class="quiet">–</span>;
    }

    switch (kind) {
        case "time":
            return <Time at={String(value)} />;
        case "items":
            return <ul class="plain">{(value as IssueItem[]).map(({ sku, qty }) => <li key={sku}><bdi>{qty} × {sku}</bdi></li>)}</ul>;
        case "cost":
            return <>{formats.money(value as Cost)}</>;
        case "list":
            return <>{(value as string[]).map(each => <span key={each} class="tag" dir="auto">{each}</span>)}</>;
        default:
            return <span dir="auto" class="text">{valueText(texts, name, String(value))}</span>;
    }
}
