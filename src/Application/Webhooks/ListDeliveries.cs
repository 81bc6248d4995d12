using System.Text.RegularExpressions;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Webhooks.Deliveries;

namespace OrderIssues.Application.Webhooks;

/// <summary>Lists deliveries to an endpoint, a page at a time: pending ones, failed ones, then the last delivered ones.</summary>
public sealed record ListDeliveries(string Name, string? Status, string? Cursor) : IRequest<DeliveryList>
{
    public const int Limit = 100;
    public const string Pending = "pending";
    public const string Failed = "failed";
    public const string Delivered = "delivered";

    public static readonly IReadOnlyList<string> Statuses = [Pending, Failed, Delivered];
}

/// <summary>Page of deliveries.</summary>
public sealed record DeliveryList(IReadOnlyList<Delivery> Deliveries, string? NextCursor);

/// <summary>Delivery of an event.</summary>
public sealed record Delivery
{
    public required long Sequence { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Time of the last attempt, or of the request for one.</summary>
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public long? Milliseconds { get; init; }
    public string? Error { get; init; }
}

internal sealed partial class ListDeliveriesValidator : AbstractValidator<ListDeliveries>
{
    public ListDeliveriesValidator()
    {
        RuleFor(list => list.Status).Must(status => status is null || ListDeliveries.Statuses.Contains(status))
            .WithMessage($"must be one of {string.Join(", ", ListDeliveries.Statuses)}");
        RuleFor(list => list.Cursor)
            .Must((list, cursor) => cursor is null || (Pattern().Match(cursor) is { Success: true } match
                && (list.Status is null || match.Groups["status"].Value == list.Status)))
            .WithMessage("must be a nextCursor that was given for the same status");
    }

    // A status and the key of a record, or the number of a delivery.
    [GeneratedRegex(@"\A(?<status>pending|failed|delivered)-[0-9]{1,19}\z")]
    private static partial Regex Pattern();
}

internal sealed class ListDeliveriesHandler(IEnumerable<WebhookEndpoint> endpoints, IRecordStore store)
    : IRequestHandler<ListDeliveries, DeliveryList>
{
    public async Task<DeliveryList> Handle(ListDeliveries request, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Named(request.Name);
        var (begin, after) = request.Cursor?.Split('-') is [var status, var key] ? (status, key) : (ListDeliveries.Pending, null);
        var found = new List<(string Cursor, Delivery Delivery)>();
        foreach (var next in ListDeliveries.Statuses
            .SkipWhile(status => status != begin)
            .Where(status => request.Status is null || request.Status == status))
        {
            var limit = ListDeliveries.Limit + 1 - found.Count;
            found.AddRange((await ReadAsync(endpoint, next, next == begin ? after : null, limit))
                .Select(delivery => ($"{next}-{delivery.Key}", delivery.Delivery)));
        }

        return found.Count <= ListDeliveries.Limit
            ? new([.. found.Select(delivery => delivery.Delivery)], null)
            : new([.. found.Take(ListDeliveries.Limit).Select(delivery => delivery.Delivery)], found[ListDeliveries.Limit - 1].Cursor);
    }

    private async Task<IEnumerable<(string Key, Delivery Delivery)>> ReadAsync(
        WebhookEndpoint endpoint, string status, string? after, int limit)
    {
        var records = new DeliveryRecords(store, endpoint);
        return status switch
        {
            ListDeliveries.Pending => (await records.Pending.ListAsync(after, limit)).Select(record => (record.Key, Of(record, status))),
            ListDeliveries.Failed => (await records.Failed.ListAsync(after, limit)).Select(record => (record.Key, Of(record, status))),
            _ => (await new DeliveredLog(store, endpoint).ReadAsync())
                .Where(delivered => after is null || delivered.Number < (long.TryParse(after, out var number) ? number : 0))
                .Take(limit)
                .Select(delivered => (delivered.Number.ToString(CultureInfo.InvariantCulture), Of(delivered.Event))),
        };
    }

    private static Delivery Of(Record<FailingDelivery> record, string status) => new()
    {
        Sequence = record.Value.Sequence,
        Type = record.Value.Type,
        Status = status,
        Attempts = record.Value.Attempts,
        At = record.Value.At,
        NextAttemptAt = record.DueAt,
        Error = record.Value.Error,
    };

    private static Delivery Of(DeliveredEvent delivered) => new()
    {
        Sequence = delivered.Sequence,
        Type = delivered.Type,
        Status = ListDeliveries.Delivered,
        Attempts = delivered.Attempts,
        At = delivered.At,
        Milliseconds = delivered.Milliseconds,
    };
}
