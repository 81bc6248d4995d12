using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Events;
using OrderIssues.Application.Webhooks.Deliveries;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks;

/// <summary>Delivers events once more, whatever became of them before.</summary>
/// <param name="Name">Name of the endpoint.</param>
/// <param name="From">Sequence of the first event.</param>
/// <param name="To">Sequence of the last event.</param>
public sealed record RedeliverEvents(string Name, long? From, long? To) : IRequest<int>
{
    public const int MaxEvents = 1_000;
}

internal sealed class RedeliverEventsValidator : AbstractValidator<RedeliverEvents>
{
    public RedeliverEventsValidator()
    {
        RuleFor(request => request.From).Must(from => from >= 1).WithMessage("must be the sequence of an event");
        RuleFor(request => request.To)
            .Must((request, to) => to >= 1 && !(to < request.From) && !(to - request.From >= RedeliverEvents.MaxEvents))
            .WithMessage($"must be the sequence of an event that isn't before the first, of at most {RedeliverEvents.MaxEvents} events");
    }
}

internal sealed class RedeliverEventsHandler(
    IEnumerable<WebhookEndpoint> endpoints, IEventLog log, IRecordStore store, TimeProvider time)
    : IRequestHandler<RedeliverEvents, int>
{
    private const int MaxWritesAtOnce = 16;

    /// <returns>The number of events that the endpoint takes.</returns>
    public async Task<int> Handle(RedeliverEvents request, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Named(request.Name);
        var (from, to) = (request.From!.Value, request.To!.Value);
        var range = await log.GetRangeAsync(cancellationToken);
        if (from < range.Oldest || to > range.Latest)
        {
            var field = from < range.Oldest ? nameof(request.From) : nameof(request.To);
            throw FailureException.OfRules(new ValidationFailure(field, $"must be an event of the log: {range.Oldest} to {range.Latest}"));
        }

        var records = new DeliveryRecords(store, endpoint);
        var events = (await log.ReadAsync(from - 1, (int)(to - from + 1), cancellationToken))
            .Where(found => found.Sequence <= to && endpoint.Takes(EventTypes.Of(found)))
            .ToList();
        await Parallel.ForEachAsync(
            events, new ParallelOptions { MaxDegreeOfParallelism = MaxWritesAtOnce, CancellationToken = cancellationToken },
            async (found, _) => await records.RequestAsync(new()
            {
                Epoch = range.Epoch,
                Sequence = found.Sequence,
                Type = EventTypes.Of(found),
                At = time.GetUtcNow(),
            }));
        return events.Count;
    }
}
