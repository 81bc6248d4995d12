using MediatR;
using OrderIssues.Application.Common;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Additions;

namespace OrderIssues.Application.Issues.CreateIssue;

internal sealed class CreateIssueHandler(IOrderIssueStore store, IssueStatuses statuses, ICaller caller, TimeProvider time)
    : IRequestHandler<CreateIssue, AddedIssue>
{
    public async Task<AddedIssue> Handle(CreateIssue request, CancellationToken cancellationToken) =>
        request.Id is { } id && await store.FindAsync(id, cancellationToken) is { } present
            ? new AddedIssue(present, IsNew: false)
            : await store.AddAsync(
                OrderIssue.Open(DetailsOf(request), statuses, time.GetUtcNow(), request.Id) with { Caller = caller.Name }, cancellationToken);

    private static IssueDetails DetailsOf(CreateIssue request) => new()
    {
        OrderId = request.OrderId!,
        Source = request.Source,
        Channel = request.Channel,
        TicketId = request.TicketId,
        IssueType = request.IssueType,
        Status = request.Status,
        Items = [.. (request.Items ?? []).Select(item => item!.ToItem())],
        TrackingNumber = [.. (request.TrackingNumber ?? []).Select(number => number!)],
        Picker = request.Picker,
        Packer = request.Packer,
        Palletter = request.Palletter,
        CustomerName = request.CustomerName,
        CustomerEmail = request.CustomerEmail,
        Notes = request.Notes,
        CreatedBy = request.CreatedBy,
        CustomerReachedAt = IsoDateTime.Parse(request.CustomerReachedAt),
        ShippedAt = IsoDateTime.Parse(request.ShippedAt),
    };
}
