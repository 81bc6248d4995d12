using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace OrderIssues.WebApi.Routing;

internal static class QueryParameters
{
    /// <summary>Finds unknown and repeated parameters.</summary>
    // A misspelt filter must not count as no filter.
    public static IReadOnlyList<ValidationFailure> QueryErrors(this ControllerContext context)
    {
        var metadata = context.HttpContext.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var known = context.ActionDescriptor.Parameters
            .SelectMany(parameter => metadata.GetMetadataForType(parameter.ParameterType).Properties)
            .Where(property => property.BindingSource == BindingSource.Query)
            .ToDictionary(property => property.BinderModelName!, property => property.IsEnumerableType);
        return
        [
            .. from parameter in context.HttpContext.Request.Query
               let isKnown = known.ContainsKey(parameter.Key)
               where !isKnown || (!known[parameter.Key] && parameter.Value.Count > 1)
               select FieldErrors.ForName(parameter.Key, isKnown ? "must be given once" : "isn't a parameter of this operation"),
        ];
    }
}

/// <summary>Keeps empty parameters apart from absent ones.</summary>
// ?issueId= is an error; it must not select the newest issue.
internal sealed class KeepEmptyStrings : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
