using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk.Budget;

/// <summary>
/// How many calls Freshdesk still takes in this minute, as it says with each answer. The limit is the whole account's
/// (https://developers.freshdesk.com/api/#ratelimit): the last calls are left to its agents and their other tools.
/// </summary>
/// <param name="floor">When fewer than these are left, no more calls are made.</param>
/// <param name="pause">Begins then, until the minute is over in which that was said.</param>
/// <param name="time">The time.</param>
internal sealed class CallBudget(int floor, CallPause pause, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock key = new();
    private DateTimeOffset minuteEnds;
    private decimal left;
    private decimal underWay;
    private decimal cost = 1;

    /// <summary>Takes a call out, before it is made: calls at the same time must not each take what is left.</summary>
    /// <param name="wait">How long it must not be made, where it must not.</param>
    /// <returns>What it is taken to cost, by what the last one did; null: it must not be made.</returns>
    public decimal? Take(out TimeSpan wait)
    {
        lock (key)
        {
            wait = minuteEnds - time.GetUtcNow();
            if (wait > TimeSpan.Zero && left < floor)
            {
                pause.Begin(wait);
                return null;
            }

            // It counts until Freshdesk says otherwise: also a call that nothing came back from.
            left -= cost;
            underWay += cost;
            return cost;
        }
    }

    /// <param name="taken">What <see cref="Take"/> gave.</param>
    /// <param name="saidLeft">How many calls are left, where the answer says so.</param>
    /// <param name="saidCost">How many the call cost, where the answer says so.</param>
    /// <param name="saidEnd">When there are as many as ever again, where the answer says so.</param>
    public void Settle(decimal taken, decimal? saidLeft, decimal? saidCost, TimeSpan? saidEnd)
    {
        lock (key)
        {
            underWay -= taken;
            cost = saidCost ?? cost;
            if (saidLeft is null)
            {
                return;
            }

            // Whether Freshdesk has counted those under way isn't known.
            left = saidLeft.Value - underWay;
            var rest = saidEnd < Minute ? saidEnd.Value : Minute;
            minuteEnds = time.GetUtcNow() + rest;
            if (saidLeft < floor)
            {
                pause.Begin(rest);
            }
        }
    }
}
