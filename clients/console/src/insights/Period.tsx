import { type Queue, withValue } from "../data/filter";
import { useTexts } from "../texts";

const periods = [7, 30, 90, 365] as const;
const since = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** From when on issues count. */
export function Period({ queue, onChange }: { queue: Queue; onChange: (queue: Queue) => void }) {
    const texts = useTexts();
    const { createdFrom } = queue.filter;
    const current = periods.find(days => since(days) === createdFrom);
    return (
        <select aria-label={texts.insights.period} value={current ?? (createdFrom === undefined ? "" : "other")}
            onChange={({ currentTarget: { value } }) => onChange({ ...queue, filter: withValue(queue.filter, "createdFrom", value === "" ? undefined : since(Number(value))) })}>
            <option value="">{texts.insights.always}</option>
            {periods.map(days => <option key={days} value={days}>{texts.insights.lastDays(days)}</option>)}
            {current === undefined && createdFrom !== undefined && <option value="other" disabled>{texts.insights.otherPeriod}</option>}
        </select>
    );
}
