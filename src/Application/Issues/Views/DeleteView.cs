namespace OrderIssues.Application.Issues.Views;

/// <summary>Removes a view.</summary>
public sealed record DeleteView : IRequest<Unit>
{
    public required string? Name { get; init => field = PlainText.Clean(value); }
}

internal sealed class DeleteViewHandler(SavedViews views) : IRequestHandler<DeleteView, Unit>
{
    public async Task<Unit> Handle(DeleteView request, CancellationToken cancellationToken) =>
        await views.RemoveAsync(request.Name!) ? Unit.Value : throw FailureException.ViewNotFound();
}
