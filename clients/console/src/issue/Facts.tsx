import type { OrderIssue } from "@order-issue/client";
import { fields } from "../data/fields";
import { useTexts } from "../texts";
import { Fact } from "./Fact";

/** All fields, each of which can be changed where it stands. */
export function Facts({ issue, canChange }: { issue: OrderIssue; canChange: boolean }) {
    const texts = useTexts();
    return (
        <section aria-labelledby="facts">
            <h2 id="facts">{texts.issue.facts}</h2>
            <dl class="facts">
                <div class="fact"><dt>{texts.fields.OrderId}</dt><dd dir="auto">{issue.OrderId}</dd></div>
                <div class="fact"><dt>{texts.fields.channel}</dt><dd dir="auto">{issue.channel}</dd></div>
                <div class="fact"><dt>{texts.fields.source}</dt><dd dir="auto">{issue.source}</dd></div>
                {fields.map(field => <Fact key={field.name} field={field} issue={issue} canChange={canChange} />)}
            </dl>
        </section>
    );
}
