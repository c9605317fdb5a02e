"""Spanish nouns for persons and their organisations: what rules of both directions ask."""

from __future__ import annotations

PERSONS = frozenset(
    "activista asesor adulto afiliado agricultor agricultora agrupación aliado alianza asalariado "
    "asistente asociación asociado auditor autoridad beneficiario campesino candidato ciudadano "
    "cliente colega colectivo comité compañero comprador comunidad consultor contraparte delegado "
    "cooperativa defensor dirigente director docente donante empleado empleador empresa equipo "
    "estudiante exportador facilitador familia gente gerente gobierno grupo hombre inspector "
    "integrante interesado joven jornalero labrador jefe "
    "líder miembro migrante mujer niña niño obrero "
    "oficial organización organizador participante periodista persona personal población "
    "productor productora proveedor pueblo refugiado representante sindicalista sindicato "
    "sobreviviente socia socio supervisor técnico trabajador trabajadora usuario víctima "
    "visitante voluntario".split()
)


def is_person(term: str) -> bool:
    """Whether a Spanish term is one for persons or their organisations.

    >>> is_person("socios locales"), is_person("salario digno")
    (True, False)
    """
    head = term.split(maxsplit=1)[0].lower()
    return head in PERSONS or head.removesuffix("s") in PERSONS or head[:-2] in PERSONS
