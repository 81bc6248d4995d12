using Microsoft.Extensions.Options;
using OrderIssues.Application.Events;
using OrderIssues.Domain.Events;

namespace OrderIssues.WebApi.Events;

/// <summary>Writes events as JSON.</summary>
internal sealed class EventFormat(IOptions<JsonOptions> json, IssueStatuses statuses) : IEventFormat
{
    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    public byte[] Write(IssueEvent issueEvent) => JsonSerializer.SerializeToUtf8Bytes(
        new IssueEventModel
        {
            Sequence = issueEvent.Sequence,
            Type = EventTypes.Of(issueEvent),
            Timestamp = issueEvent.At,
            Data = new()
            {
                IssueId = issueEvent.IssueId,
                OrderId = issueEvent.OrderId,
                Source = issueEvent.Source,
                Version = issueEvent.Version,
                Status = issueEvent.Status,
                Resolved = statuses.IsResolved(issueEvent.Status),
                Changed = issueEvent.Changed,
                By = issueEvent.By,
                Caller = issueEvent.Caller,
            },
        },
        options);
}
