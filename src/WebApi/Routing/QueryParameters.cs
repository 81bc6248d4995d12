using System.Collections.Concurrent;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using ValidationResult = FluentValidation.Results.ValidationResult;

namespace OrderIssues.WebApi.Routing;

/// <summary>Finds unknown and repeated parameters of the current request.</summary>
// A misspelt filter must not count as no filter, nor a misspelt issueId choose another issue.
internal sealed class QueryParameters(IHttpContextAccessor accessor, IModelMetadataProvider metadata)
{
    /// <summary>Name that some clients add against caches.</summary>
    private const string CacheBuster = "_";
    private readonly ConcurrentDictionary<ActionDescriptor, IReadOnlyDictionary<string, bool>> known = new();

    public IEnumerable<ValidationFailure> Errors() =>
        accessor.HttpContext is { Request.Query: { Count: > 0 } query } context
        && context.GetEndpoint()?.Metadata.GetMetadata<ActionDescriptor>() is { } action
            ? ErrorsOf(query, known.GetOrAdd(action, KnownBy))
            : [];

    /// <summary>Finds them in a query that a request of this type is read from.</summary>
    public IEnumerable<ValidationFailure> ErrorsOf(IQueryCollection query, Type request) =>
        ErrorsOf(query, KnownBy(request).ToDictionary());

    private static IEnumerable<ValidationFailure> ErrorsOf(IQueryCollection query, IReadOnlyDictionary<string, bool> known) =>
        from parameter in query
        where parameter.Key != CacheBuster
        let isKnown = known.ContainsKey(parameter.Key)
        where !isKnown || (!known[parameter.Key] && parameter.Value.Count > 1)
        select FieldErrors.ForName(parameter.Key, isKnown ? "must be given once" : "isn't a parameter of this operation");

    /// <summary>Lists an action's parameters, and which may be repeated.</summary>
    private IReadOnlyDictionary<string, bool> KnownBy(ActionDescriptor action)
    {
        var simple = from parameter in action.Parameters
                     where parameter.BindingInfo is { } binding && binding.BindingSource == BindingSource.Query
                         && parameter.ParameterType == typeof(string)
                     select KeyValuePair.Create(parameter.BindingInfo?.BinderModelName ?? parameter.Name, false);
        return simple.Concat(action.Parameters.SelectMany(parameter => KnownBy(parameter.ParameterType))).ToDictionary();
    }

    private IEnumerable<KeyValuePair<string, bool>> KnownBy(Type request) =>
        from property in metadata.GetMetadataForType(request).Properties
        where property.BindingSource == BindingSource.Query
        select KeyValuePair.Create(property.BinderModelName!, property.IsEnumerableType);
}

/// <summary>Adds the errors of the query to those of any use case.</summary>
internal sealed class QueryParametersValidator<T>(QueryParameters parameters) : AbstractValidator<T>
{
    public override ValidationResult Validate(ValidationContext<T> context) => new(parameters.Errors());
}

/// <summary>Keeps empty parameters apart from absent ones.</summary>
// ?issueId= is an error; it must not select the newest issue.
internal sealed class KeepEmptyStrings : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
