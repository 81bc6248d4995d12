using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Json;

internal static class JsonServices
{
    /// <summary>Registers how controllers read and write JSON.</summary>
    public static IMvcCoreBuilder AddJson(this IMvcCoreBuilder mvc)
    {
        mvc.Services.AddSingleton<IConfigureOptions<MvcOptions>, JsonSetup>();
        return mvc.AddJsonOptions(JsonSetup.Configure);
    }
}
