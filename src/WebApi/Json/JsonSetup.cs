using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Json;

internal sealed class JsonSetup(IOptions<JsonOptions> json) : IConfigureOptions<MvcOptions>
{
    public static void Configure(JsonOptions options)
    {
        var serializer = options.JsonSerializerOptions;
        serializer.MaxDepth = BodyParser.MaxDepth;
        serializer.PropertyNameCaseInsensitive = false;
        serializer.AllowDuplicateProperties = false;
        serializer.NumberHandling = JsonNumberHandling.Strict;
        serializer.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        serializer.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        serializer.Converters.Add(new UtcDateTimeConverter());
        serializer.Converters.Add(new OptionalConverterFactory());
        serializer.Encoder = new Utf8Encoder();
        serializer.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ParameterConverters.Modify } };
    }

    public void Configure(MvcOptions options)
    {
        options.InputFormatters.Clear();
        options.InputFormatters.Add(new JsonBodyFormatter(json.Value.JsonSerializerOptions));
        options.OutputFormatters.Clear();
        options.OutputFormatters.Add(new SystemTextJsonOutputFormatter(json.Value.JsonSerializerOptions));

        // The value providers for forms would read the body before the action does.
        options.ValueProviderFactories.Clear();
        options.ValueProviderFactories.Add(new RouteValueProviderFactory());
        options.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
    }
}

internal static class JsonServices
{
    public static IMvcCoreBuilder AddJson(this IMvcCoreBuilder mvc)
    {
        mvc.Services.AddSingleton<BodyReader>();
        mvc.Services.AddSingleton<IConfigureOptions<MvcOptions>, JsonSetup>();
        return mvc.AddJsonOptions(JsonSetup.Configure);
    }
}
