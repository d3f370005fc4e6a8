using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Refuses settings out of range at start, with the setting's name.</summary>
[OptionsValidator]
internal sealed partial class InfluenceOptionsValidator : IValidateOptions<InfluenceOptions>;
