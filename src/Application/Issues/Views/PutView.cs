using System.Text;

namespace OrderIssues.Application.Issues.Views;

/// <summary>Saves a query of the list under a name.</summary>
public sealed record PutView : IRequest<PutViewResult>
{
    public const int MaxName = 100;
    public const int MaxQuery = 4_000;

    public required string? Name { get; init => field = PlainText.Clean(value); }

    public string? Query { get; init => field = PlainText.Clean(value) is ['?', .. var text] ? text : PlainText.Clean(value); }
}

/// <summary>Saved view, and whether it is new.</summary>
public sealed record PutViewResult(SavedView View, bool IsNew);

internal sealed class PutViewValidator : AbstractValidator<PutView>
{
    public PutViewValidator(IListQueryReader reader)
    {
        RuleFor(put => put.Name).Cascade(CascadeMode.Stop).Required().SingleLine(PutView.MaxName)
            .Must(name => !InputRules.IsEmail(PlainText.CleanIdentifier(name)!))
            .WithMessage("must not be an e-mail address: a view has no data of customers");
        RuleFor(put => put.Query).Cascade(CascadeMode.Stop).Required().SingleLine(PutView.MaxQuery)
            .Must(query => Ascii.IsValid(query) && !query!.AsSpan().ContainsAny(' ', '#'))
            .WithMessage("must have blanks, # and letters other than A to Z in percent-encoding")
            .Custom((query, context) =>
            {
                foreach (var message in ErrorsOf(reader, query!))
                {
                    context.AddFailure(message);
                }
            });
    }

    private static IEnumerable<string> ErrorsOf(IListQueryReader reader, string text)
    {
        var (query, errors) = reader.Read(text);
        return
        [
            .. errors,
            .. query.Cursor is null ? Array.Empty<string>() : ["cursor can't be saved: a view begins with the first page"],
            .. query.Fields.ContainsKey(IssueField.CustomerEmail) || query.Q?.Contains('@') == true
                ? ["customerEmail and addresses in q can't be saved: a view has no data of customers"]
                : Array.Empty<string>(),
        ];
    }
}

internal sealed class PutViewHandler(SavedViews views) : IRequestHandler<PutView, PutViewResult>
{
    public async Task<PutViewResult> Handle(PutView request, CancellationToken cancellationToken)
    {
        var view = new SavedView(request.Name!, request.Query!);
        return new(view, await views.PutAsync(view));
    }
}
